//! Which addresses are opened.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use crate::FetchError;

/// What the user typed, as far as it widens what may be connected to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    /// The host, where it is a number of this computer or of a private network, or `localhost`.
    host: Option<String>,
}

impl Typed {
    /// What an address allows beyond the open internet: itself, where it is typed as such.
    pub(crate) fn of(url: &Url) -> Self {
        let near = literal(url).is_some_and(|address| !is_open(address)) || is_localhost(url);
        Self { host: near.then(|| url.host_str().unwrap_or_default().to_owned()) }
    }

    /// Whether a host was typed as one that is near.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        self.host.is_some() && self.host.as_deref() == url.host_str()
    }
}

/// An address that may be asked for, as far as that can be told before its name is resolved.
pub(crate) fn checked(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address.trim()).map_err(|_| FetchError::NotAnAddress)?;
    check(&url, &Typed::of(&url))?;
    Ok(url)
}

/// Whether an address may be asked for by somebody who typed `typed`.
pub(crate) fn check(url: &Url, typed: &Typed) -> Result<(), FetchError> {
    if url.host_str().is_none_or(str::is_empty) {
        return Err(FetchError::NotAnAddress);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Credentials);
    }
    let near = typed.allows(url);
    let this_computer = literal(url).is_some_and(is_loopback) || is_localhost(url);
    match url.scheme() {
        "https" => {}
        "http" if near && this_computer => {}
        _ => return Err(FetchError::NotSecure),
    }
    if !near && (literal(url).is_some_and(|address| !is_open(address)) || is_localhost(url)) {
        return Err(FetchError::Private);
    }
    Ok(())
}

/// The number that the host is, where it is one. Odd spellings (`0x7f.1`, `2130706433`) are numbers here already.
fn literal(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn is_localhost(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

pub(crate) fn is_loopback(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => four.is_loopback(),
        IpAddr::V6(six) => six.is_loopback() || four_within(six).is_some_and(|four| four.is_loopback()),
    }
}

/// Whether an address is one of the open internet: no loopback, private, link-local, shared (CGNAT), documentation,
/// benchmark, multicast or reserved range, in IPv6 also where one of IPv4 is wrapped in it. After the special-purpose
/// registries of IANA (RFC 6890 and its updates).
pub(crate) fn is_open(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_open_four(four),
        IpAddr::V6(six) => is_open_six(six),
    }
}

fn is_open_four(address: Ipv4Addr) -> bool {
    let closed = match address.octets() {
        [0 | 10 | 127 | 224.., ..]
        | [169, 254, ..]
        | [192, 168, ..]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => true,
        [100, second, ..] => (64..=127).contains(&second),
        [172, second, ..] => (16..=31).contains(&second),
        [192, 0, third, _] => matches!(third, 0 | 2),
        _ => false,
    };
    !closed
}

fn is_open_six(address: Ipv6Addr) -> bool {
    if let Some(four) = four_within(address) {
        return is_open_four(four);
    }
    let [a, b, ..] = address.segments();
    // Only 2000::/3 is given out; of it, what RFC 6890 sets aside is left out.
    (0x2000..0x4000).contains(&a)
        && !(a == 0x2001 && b < 0x0200)
        && !(a == 0x2001 && b == 0x0db8)
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}

/// The IPv4 address that is wrapped in one of IPv6: mapped, compatible, NAT64 and 6to4.
fn four_within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let four = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some(four(high, low)),
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(four(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_internet_and_nothing_else() {
        for open in
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2002:0808:0808::1"]
        {
            assert!(is_open(open.parse().expect("an address")), "{open}");
        }
        for near in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "192.0.0.192",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_open(near.parse().expect("an address")), "{near}");
        }
    }

    #[test]
    fn what_is_typed_decides() {
        for (address, wanted) in [
            ("https://jobs.example.com/1?a=b", None),
            ("http://127.0.0.1:8000/job", None),
            ("http://localhost/job", None),
            ("http://[::1]:80/", None),
            ("https://192.168.1.5/job", None),
            ("http://192.168.1.5/job", Some("not_https")),
            ("http://jobs.example.com/1", Some("not_https")),
            ("http://169.254.169.254/latest/meta-data", Some("not_https")),
            ("ftp://jobs.example.com/1", Some("not_https")),
            ("file:///etc/passwd", Some("not_an_address")),
            ("javascript:alert(1)", Some("not_an_address")),
            ("https://me:secret@jobs.example.com/", Some("credentials")),
            ("https://me@jobs.example.com/", Some("credentials")),
            ("jobs.example.com", Some("not_an_address")),
            ("", Some("not_an_address")),
        ] {
            assert_eq!(checked(address).err().map(|error| error.code()), wanted, "{address}");
        }
    }

    #[test]
    fn a_redirect_gets_no_more_than_what_was_typed() {
        let open = Typed::of(&Url::parse("https://jobs.example.com/").expect("an address"));
        let here = Typed::of(&Url::parse("http://127.0.0.1:8000/").expect("an address"));
        for (address, typed, wanted) in [
            ("https://careers.example.com/", &open, None),
            ("http://careers.example.com/", &open, Some("not_https")),
            ("https://127.0.0.1/", &open, Some("private_address")),
            ("https://localhost/", &open, Some("private_address")),
            ("https://2130706433/", &open, Some("private_address")),
            ("https://[::ffff:10.0.0.1]/", &open, Some("private_address")),
            ("http://127.0.0.1:9000/", &here, None),
            ("http://127.0.0.2:9000/", &here, Some("not_https")),
            ("https://10.0.0.1/", &here, Some("private_address")),
        ] {
            let url = Url::parse(address).expect("an address");
            assert_eq!(check(&url, typed).err().map(|error| error.code()), wanted, "{address}");
        }
    }
}
