package io.tillstream.runtime;

/** One HTTP answer for operators: status, media type and text. */
public record OpsAnswer(int status, String contentType, String body) {}
