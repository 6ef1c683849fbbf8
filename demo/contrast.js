// Where the colours of a look are too near to each other, by WCAG 2.2 at level AA.

/** What stands on what, and how much they must differ: 4.5 for text (1.4.3), 3 for edges by which something is known (1.4.11). */
export const PAIRS = [
  { front: "text", back: "surface", least: 4.5 },
  { front: "muted", back: "surface", least: 4.5 },
  { front: "border", back: "surface", least: 3 },
  { front: "primary", back: "surface", least: 4.5 },
  { front: "primary-hover", back: "surface", least: 3 },
  { front: "on-primary", back: "primary", least: 4.5 },
  { front: "on-primary", back: "primary-hover", least: 4.5 },
  { front: "error", back: "error-surface", least: 4.5 },
  { front: "error", back: "surface", least: 4.5 },
  { front: "status", back: "status-surface", least: 4.5 },
  { front: "status", back: "surface", least: 4.5 },
];

export const SCHEMES = ["light", "dark"];

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Of two colours such as `#1f5fd6`, from 1 to 21. */
export function contrast(one, other) {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The pairs that a look does not keep apart. */
export function faint(look) {
  return SCHEMES.flatMap((scheme) =>
    PAIRS.map((pair) => ({ ...pair, scheme, found: contrast(look[pair.front][scheme], look[pair.back][scheme]) })).filter(
      ({ found, least }) => found < least,
    ),
  );
}
