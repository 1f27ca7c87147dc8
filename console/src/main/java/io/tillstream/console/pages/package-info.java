/**
 * The pages for people: sign in, overview, a payment's life, batches and their files, anomalies, refusals, quarantine.
 *
 * <p>{@link PageRoutes} and {@link LoginRoutes} read what a page shows and hand records to {@link Pages}, which renders
 * them with precompiled jte templates from src/main/jte; {@link Show} turns numbers, money and times into text. jte
 * escapes everything by where it stands in the page.
 *
 * <p>Pages change nothing but the viewer's own session. They carry no inline script or style, and name no other host.
 */
package io.tillstream.console.pages;
