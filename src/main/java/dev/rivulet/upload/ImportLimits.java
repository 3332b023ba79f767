package dev.rivulet.upload;

import java.time.Duration;

/** What one import may take: bytes, redirects in one try, time with its pauses. */
record ImportLimits(long maxBytes, int maxRedirects, Duration maxDuration) {}
