package io.tillstream.loadtests.architecture.broken.ingest;

import io.tillstream.loadtests.architecture.broken.console.Page;

/** Breaks: a service uses only schemas and runtime. */
final class UsesSibling {
    Page page() {
        return new Page();
    }
}
