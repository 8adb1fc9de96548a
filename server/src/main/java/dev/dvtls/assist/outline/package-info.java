/**
 * The shape of one text: symbols, folds, selections, tokens. Pure, and at home in broken text.
 * Nothing here looks further than the file and the names of the manifest.
 */
package dev.dvtls.assist.outline;
