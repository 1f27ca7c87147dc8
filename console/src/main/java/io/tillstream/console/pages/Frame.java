package io.tillstream.console.pages;

import io.tillstream.console.access.Session;

/**
 * What stands around every page of a person who is signed in.
 *
 * @param title of the page
 * @param section the navigation's current entry; empty for none
 * @param viewerName who is signed in
 * @param scope what they see, in words
 * @param formToken for the sign-out form
 * @param live whether the page refreshes itself
 */
public record Frame(String title, String section, String viewerName, String scope, String formToken, boolean live) {

    static Frame of(Session session, String title, String section) {
        return new Frame(
                title,
                section,
                session.viewer().name(),
                session.viewer().scope().everything()
                        ? "all tenants"
                        : String.join(", ", session.viewer().scope().tenants()),
                session.formToken(),
                false);
    }

    Frame alive() {
        return new Frame(title, section, viewerName, scope, formToken, true);
    }
}
