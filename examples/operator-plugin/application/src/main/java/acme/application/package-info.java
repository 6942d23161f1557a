/** The application. */
package acme.application;
