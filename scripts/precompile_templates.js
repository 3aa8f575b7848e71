// The templates of the common subset of Jinja2 and Nunjucks, parsed by nunjucks, as expressions
// that need no runtime: `v` is the view model, `e` escapes, `f` goes through a list, `t` has all.
const TRIMMED = { trimBlocks: true, lstripBlocks: true };

const pieces = {
  NodeList: ({ children }) => children.map(piece).join(""),
  Output: ({ children }) => children.map(output).join(""),
  If: ({ cond, body, else_ }) => `\${${value(cond)}?${text(body)}:${else_ ? text(else_) : '""'}}`,
  For: ({ arr, name, body, else_ }) => {
    const instead = else_ ? `,()=>${text(else_)}` : "";
    return `\${f(v,"${name.value}",${value(arr)},${ofView(text(body), [name.value])}${instead})}`;
  },
  Include: ({ template }) => `\${t.${short(template.value)}(v)}`,
};

const values = {
  Symbol: ({ value: name }) => marked(name),
  LookupVal: ({ target, val }) => `${value(target)}.${val.value}`,
};

function known(kinds, node) {
  const kind = kinds[node.typename];
  if (!kind) throw new Error(`line ${node.lineno + 1}: ${node.typename} is not in the subset`);
  return kind(node);
}

// A name of the view model, until the function that reads it is written.
const marked = (name) => `\0${name}\0`;
const OFTEN = 4;
let letters;

/** A function of the view model; what it reads often of these names is in a parameter of its own. */
function ofView(said, names) {
  const parameters = ["v"];
  for (const name of names) {
    const isOften = said.split(marked(name)).length > OFTEN, letter = isOften ? letters.shift() : `v.${name}`;
    if (isOften) parameters.push(`${letter}=v.${name}`);
    said = said.replaceAll(marked(name), letter);
  }
  return `${parameters.length > 1 ? `(${parameters})` : parameters}=>${said}`;
}

/** "card" of "flow/card.html". */
const short = (path) => /^flow\/(\w+)\.html$/.exec(path)[1];
const piece = (node) => known(pieces, node);
const value = (node) => known(values, node);
const text = (node) => alone(piece(node));
const output = (node) => (node.typename === "TemplateData" ? literal(node.value) : `\${e(${value(node)})}`);

/** The template literal of it, or what it says where that is a single expression. */
const alone = (said) => /^\$\{([^`{}]*)\}$/.exec(said)?.[1] ?? `\`${said}\``;

/** Text as it stands in a template literal; white space is folded as HTML folds it. */
function literal(said) {
  return said.replace(/[ \t]*\n\s*/g, "\n").replace(/[`\\]|\$(?={)/g, "\\$&");
}

/** One template as a function of its view model. */
function compiled(source) {
  const { children } = nunjucks.parser.parse(source, [], TRIMMED);
  const said = `\`${children.map(piece).join("")}\``;
  letters = [..."abcdghijklmn"];
  return ofView(said, new Set(Array.from(said.matchAll(/\0(\w+)\0/g), ([, name]) => name)));
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
