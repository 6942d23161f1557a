/** What several tests need: to start programs of their own, to make samples. */
package fluxion.tests.support;
