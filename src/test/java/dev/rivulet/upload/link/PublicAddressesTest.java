package dev.rivulet.upload.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                // other ways to write them
                "127.1",
                "2130706433",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:7f00:1",
                // IPv6
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "ff0e::1",
                "100::1",
                "2001:db8::1",
                "3fff::1",
                "5f00::1",
                "2001::1",
                "2001:0:53aa::1",
                "2001:10::1",
                "4000::1",
                // carrying one of IPv4 that is not public
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::8.8.8.8",
                "2002:7f00:1::",
                "2002:a00:1::",
                "2002:a9fe:a9fe::1",
                "2a00:1450::5efe:192.168.0.1",
                "2a00:1450::200:5efe:10.0.0.1",
                "fe80::5efe:8.8.8.8"
            })
    void refusesWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddresses.has(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700:4700::1111",
                "2a00:1450:4001::200e",
                "2001:4860:4860::8888",
                "2001:200::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "3ffe::1"
            })
    void takesWhatIs(String address) throws UnknownHostException {
        assertThat(PublicAddresses.has(InetAddress.getByName(address))).isTrue();
    }
}
