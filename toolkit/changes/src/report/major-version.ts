/**
 * Whether a version says that callers must change something: a higher first number, or, before 1.0.0, a higher second one.
 * https://semver.org/#spec-item-4
 */
export function isNewMajor(before: string, after: string): boolean {
  const [was, is] = [numbersOf(before), numbersOf(after)];
  if (was === undefined || is === undefined) return false;
  if (is.major !== was.major) return is.major > was.major;
  return is.major === 0 && is.minor > was.minor;
}

function numbersOf(version: string): { major: number; minor: number } | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)\b/.exec(version) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
