package fluxion.conformance.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MinimiserTest {
  private static boolean holdsA7(byte[] input) {
    for (byte b : input) {
      if (b == 7) {
        return true;
      }
    }
    return false;
  }

  @Test
  void bytes_that_do_not_matter_are_dropped() {
    byte[] input = new byte[100];
    input[60] = 7;
    input[61] = 9;
    assertArrayEquals(new byte[] {7}, new Minimiser(MinimiserTest::holdsA7, 1000).minimise(input));
  }

  @Test
  void bytes_that_stay_become_small() {
    byte[] input = {(byte) 200, (byte) 150};
    Minimiser minimiser =
        new Minimiser(candidate -> candidate.length == 2 && (candidate[0] & 0xff) >= 100, 1000);
    assertArrayEquals(new byte[] {100, 0}, minimiser.minimise(input));
  }

  @Test
  void it_stops_after_so_many_tries() {
    int[] asked = {0};
    new Minimiser(candidate -> asked[0]++ < 0, 10).minimise(new byte[100]);
    assertTrue(asked[0] <= 10, asked[0] + " tries");
  }
}
