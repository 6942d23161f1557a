/** The operators {@code softplusplus} and {@code unit_rms}. */
package acme.softplusplus;
