package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.model.iommufd.access.Access;
import org.iommuref.model.iommufd.access.AccessUser;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.Test;

/** Drivers behind accesses that do what those of the test interface never do. */
class AccessUserTest {

  private static final long PAGE = 4096;

  private final Bed bed = new Bed();
  private final Context context = bed.iommufd.contextOf(bed.file);

  @Test
  @Clause("IOAS-125")
  void unmap_ofPagesThatAnAccessKeeps_givesUpAtLast() {
    Keeping user = new Keeping();
    Access access = Access.create(context, user).value();
    int ioas = bed.ioas();
    assertThat(access.attach(ioas)).isNull();
    bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE);
    assertThat(access.pin(Bed.APERTURE, PAGE, false).isOk()).isTrue();
    assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).errno())
        .as("IOAS-125")
        .isEqualTo(Errno.EDEADLOCK);
    assertThat(user.asked).as("IOAS-125").isGreaterThan(100);
    access.unpin(Bed.APERTURE, PAGE);
    assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).isOk()).as("IOAS-125").isTrue();
    context.objects().destroyUser(access);
    assertThat(bed.iommufd.warnings().all()).as("Linux warns, once").hasSize(1);
  }

  @Test
  @Clause({"ACC-004", "ACC-005"})
  void access_attachedTwiceOrReplacedWithoutIoas_isRefused() {
    Access access = Access.create(context, new Keeping()).value();
    int first = bed.ioas();
    int second = bed.ioas();
    assertThat(access.replace(first)).as("ACC-005").isEqualTo(Errno.ENOENT);
    assertThat(access.attach(first)).isNull();
    assertThat(access.attach(second)).as("ACC-004").isEqualTo(Errno.EINVAL);
    assertThat(access.replace(second)).as("ACC-005").isNull();
    assertThat(bed.destroy(first).isOk()).as("ACC-005: the first is free").isTrue();
    context.objects().destroyUser(access);
    assertThat(bed.iommufd.warnings().all()).as("Linux warns, once").hasSize(1);
  }

  private static final class Keeping implements AccessUser {
    private int asked;

    @Override
    public boolean needsPinPages() {
      return true;
    }

    @Override
    public void unmap(long iova, long length) {
      asked++;
    }
  }
}
