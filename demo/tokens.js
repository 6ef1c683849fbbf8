// The custom properties of the widget, as the theme builder offers them: one entry each, in the order of the documentation, with the
// widget's own value. What a page sets is named --cognito-login-<name>.

const colour = (name, light, dark) => ({ name, kind: "colour", value: { light, dark } });

/** In rem. */
const length = (name, value, least, greatest, step) => ({ name, kind: "length", value: `${value}rem`, least, greatest, step });

/** Stacks of fonts that systems have, by a name that the page's texts translate. */
export const FONTS = {
  system:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", sans-serif',
  serif: '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", serif',
  rounded:
    'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, "Arial Rounded MT Bold", "Trebuchet MS", "Yu Gothic UI", sans-serif',
  humanist: 'Optima, Candara, "Noto Sans", "Gill Sans", "Hiragino Sans", "Yu Gothic UI", sans-serif',
  mono: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, "Hiragino Sans", "Noto Sans Mono CJK JP", monospace',
};

export const TOKENS = [
  colour("surface", "#ffffff", "#161d27"),
  colour("text", "#17202b", "#eef2f7"),
  colour("muted", "#566273", "#a7b3c3"),
  colour("border", "#8a94a3", "#748194"),
  colour("line", "#dfe4ea", "#2c3746"),
  colour("primary", "#1f5fd6", "#8ab4ff"),
  colour("primary-hover", "#174eb4", "#a9c8ff"),
  colour("on-primary", "#ffffff", "#0a1a35"),
  colour("error", "#b3261e", "#ffb4ab"),
  colour("error-surface", "#fdecea", "#3a1f1e"),
  colour("status", "#14613a", "#9bd8b6"),
  colour("status-surface", "#e6f4ec", "#16301f"),
  length("radius", 0.625, 0, 1.5, 0.125),
  { name: "font", kind: "font", value: FONTS.system },
  length("width", 25, 20, 34, 0.5),
  length("space", 1.125, 0.75, 1.75, 0.125),
];
