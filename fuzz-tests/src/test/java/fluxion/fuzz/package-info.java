/** Jazzer's bytes for the kit's fuzz targets, a class a target: Jazzer fuzzes one a JVM. */
package fluxion.fuzz;
