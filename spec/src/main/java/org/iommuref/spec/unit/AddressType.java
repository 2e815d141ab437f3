package org.iommuref.spec.unit;

/** What the address of a bus request is, as PCI Express codes it in AT. */
public enum AddressType {
  /** To be translated by the unit. AT = 00. */
  UNTRANSLATED,
  /** A device-TLB asks for the translation alone. AT = 01. */
  TRANSLATION_REQUEST,
  /** The device-TLB has translated it. AT = 10. */
  TRANSLATED
}
