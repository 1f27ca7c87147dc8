package io.tillstream.console.web;

import io.javalin.security.RouteRole;

/** Whom a route admits. */
public enum Door implements RouteRole {
    /** Everybody: the login page, its style sheet, health. */
    OPEN,
    /** A person who is signed in; others are sent to the login page. */
    PAGE,
    /** A program with a token, or a person who is signed in; others are answered 401. */
    API
}
