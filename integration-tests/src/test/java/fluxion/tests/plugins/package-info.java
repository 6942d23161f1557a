/** Plugins that come, go and go wrong: compiled by the tests themselves, or left off the path. */
@org.jspecify.annotations.NullMarked
package fluxion.tests.plugins;
