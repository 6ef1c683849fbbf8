//! What computations leave on the stack.

use core::hint::black_box;

use zeroize::Zeroize;

/// Words that are overwritten: 64 KiB, more than three times what a proof of a password takes.
const WORDS: usize = 8 * 1024;

/// Overwrites what functions that have returned left below the caller's frame.
///
/// Values on the heap are overwritten when they are dropped. On the stack a value leaves copies wherever it was moved to, and a library
/// that computes with large numbers moves them often: with `a + u·x`, found there, and `x` by one division, a password can be guessed at
/// leisure. The caller must have called what is to be forgotten by a function that is not inlined, or it lies in the caller's own frame.
#[inline(never)]
pub(crate) fn wipe_stack() {
    let mut left = [0_u64; WORDS];
    left.zeroize();
    black_box(&mut left);
}
