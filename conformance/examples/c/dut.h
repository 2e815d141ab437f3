/*
 * The ports of the device under test, as a module in Verilog has them and a class made by Verilator.
 *
 * The adapter writes the inputs, calls dut_eval with clk 0 and then with clk 1, and reads the outputs. A unit of
 * yours takes the place of dut.c: a file with dut_eval alone, which copies the inputs to your class, calls its
 * eval(), and copies the outputs back.
 */
#ifndef DUT_H
#define DUT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ports {
    /* Inputs. */
    bool clk, rst_n;

    /* Registers, 32 bits at a time: held until reg_ready. */
    bool reg_valid, reg_write;
    uint16_t reg_offset;
    uint32_t reg_wdata;

    /* Requests of devices, to be translated: held until rsp_valid. Neither right is a zero-length read. */
    bool req_valid, req_reads, req_writes, req_has_pasid;
    uint16_t req_source; /* requester id: bus, device, function */
    uint64_t req_address;

    /* The memory's side: it takes a request where mem_valid meets mem_ready, and answers each by mem_rvalid. */
    bool mem_ready, mem_rvalid, mem_rerror;
    uint64_t mem_rdata;

    /* Outputs. */
    bool reg_ready; /* for one clock, with reg_rdata */
    uint32_t reg_rdata;

    bool rsp_valid, rsp_refused; /* for one clock */
    uint64_t rsp_address;

    /* Reads of 8 bytes; writes of the bytes that mem_strobe has a bit for. One to FEEx_xxxxh is an interrupt. */
    bool mem_valid, mem_write;
    uint8_t mem_strobe;
    uint64_t mem_address, mem_wdata; /* the address is a multiple of 8 */

    bool idle; /* nothing is left to do */
};

/* One evaluation; state changes where clk rises. */
void dut_eval(struct ports *ports);

#ifdef __cplusplus
}
#endif

#endif
