package dev.rivulet;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process calls itself in claims and in the manifest. */
final class NodeName {
    private NodeName() {}

    /** Host name and process id. */
    static String of() {
        long pid = ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + pid;
        } catch (UnknownHostException e) {
            return "node-" + pid;
        }
    }
}
