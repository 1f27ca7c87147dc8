/** A broker and a registry for the tests of this module that need real ones: started once, with topics and schemas. */
package io.tillstream.local.cluster;
