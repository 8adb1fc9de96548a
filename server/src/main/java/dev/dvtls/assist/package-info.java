/**
 * What an editor asks at a place: completion, definition, hover, lenses. Pure: a manifest, a text
 * and an offset in, plain data out; no protocol types and no files read.
 */
package dev.dvtls.assist;
