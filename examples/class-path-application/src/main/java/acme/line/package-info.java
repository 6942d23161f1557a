/** The application. */
package acme.line;
