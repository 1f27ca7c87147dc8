package io.tillstream.ingest.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** One route; the test compares all of them with openapi.yaml. */
record Route(HandlerType method, String path, Handler handler) {}
