/** The reference page of all settings is made from the code; here it is held against it. */
package io.tillstream.loadtests.settings;
