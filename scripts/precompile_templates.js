// The templates of the common subset of Jinja2 and Nunjucks, parsed by nunjucks, as expressions
// that need no runtime: `v` is the view model, `e` escapes, `f` goes through a list, `t` has all.
const TRIMMED = { trimBlocks: true, lstripBlocks: true };

const pieces = {
  NodeList: ({ children }) => children.map(piece).join(""),
  Output: ({ children }) => children.map(output).join(""),
  If: ({ cond, body, else_ }) => `\${${value(cond)}?${text(body)}:${else_ ? text(else_) : "''"}}`,
  For: ({ arr, name, body, else_ }) => {
    const instead = else_ ? `,()=>${text(else_)}` : "";
    return `\${f(v,"${name.value}",${value(arr)},v=>${text(body)}${instead})}`;
  },
  Include: ({ template }) => `\${t.${short(template.value)}(v)}`,
};

const values = {
  Symbol: ({ value: name }) => `v.${name}`,
  LookupVal: ({ target, val }) => `${value(target)}.${val.value}`,
};

function known(kinds, node) {
  const kind = kinds[node.typename];
  if (!kind) throw new Error(`line ${node.lineno + 1}: ${node.typename} is not in the subset`);
  return kind(node);
}

/** "card" of "flow/card.html". */
const short = (path) => /^flow\/(\w+)\.html$/.exec(path)[1];
const piece = (node) => known(pieces, node);
const value = (node) => known(values, node);
const text = (node) => `\`${piece(node)}\``;
const output = (node) => (node.typename === "TemplateData" ? literal(node.value) : `\${e(${value(node)})}`);

/** Text as it stands in a template literal; white space is folded as HTML folds it. */
function literal(said) {
  return said.replace(/[ \t]*\n\s*/g, "\n").replace(/[`\\]|\$(?={)/g, "\\$&");
}

/** One template as a function of its view model. */
function compiled(source) {
  const { children } = nunjucks.parser.parse(source, [], TRIMMED);
  return `v=>\`${children.map(piece).join("")}\``;
}

/** All of them, {name: source}, as one script. */
function precompiled(sources) {
  const made = Object.entries(sources).map(([name, source]) => {
    try {
      return `${short(name)}:${compiled(source)}`;
    } catch (error) {
      throw new Error(`${name}: ${error.message}`);
    }
  });
  return `const templates=(e,f)=>{const t={\n${made.join(",\n")}\n};return t};\n`;
}
