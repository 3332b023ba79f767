/**
 * Fetching a file by link: which links and addresses are taken, what an answer means, when to try again, and the exchange
 * itself. Knows no video, no row and no file. Used by {@code upload} only.
 */
@NullMarked
package dev.rivulet.upload.link;

import org.jspecify.annotations.NullMarked;
