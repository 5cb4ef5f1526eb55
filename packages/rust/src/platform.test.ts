import { expect, test } from 'vitest';
import { mayBeLinux } from './platform.ts';

test.each([
  'x86_64-unknown-linux-musl',
  'cfg(unix)',
  'cfg(not(windows))',
  'cfg(all(unix, target_arch = "x86_64"))',
  'cfg(any(windows, target_os = "linux"))',
  'cfg(target_env = "musl")',
  'cfg(not(target_env = "msvc"))',
  'cfg(not(any(windows, target_os = "macos")))',
  'cfg(tokio_unstable)',
])('%s may be Linux', (name) => {
  expect(mayBeLinux(name)).toBe(true);
});

test.each([
  'x86_64-pc-windows-msvc',
  'cfg(windows)',
  'cfg(target_os = "macos")',
  'cfg(not(unix))',
  'cfg(all(windows, target_arch = "x86_64"))',
  'cfg(any(windows, target_os="macos", target_os = "ios"))',
  'cfg(not(any(windows, target_os = "linux")))',
  'cfg(all(target_env = "musl", not(target_os = "linux")))',
])('%s is not', (name) => {
  expect(mayBeLinux(name)).toBe(false);
});
