//! What the child may take of the computer.

/// Limits this process: 1 GiB of address space, little more time of the processor than the parent waits, no core
/// dumps (they would hold the resume), no files written. Where the system refuses a limit, the others stand.
#[cfg(unix)]
pub(crate) fn apply() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let limit = |resource: Resource, most: u64| {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    };
    limit(Resource::Core, 0);
    limit(Resource::Fsize, 0);
    limit(Resource::Cpu, formats::MAX_SECONDS + 1);
    #[cfg(not(target_os = "openbsd"))]
    limit(Resource::As, crate::MAX_MEMORY_BYTES);
}

/// Windows has no such limits for a process by itself; the parent's limit of time stands.
#[cfg(not(unix))]
pub(crate) fn apply() {}
