/** What several tests need to start programs of their own. */
package fluxion.tests.support;
