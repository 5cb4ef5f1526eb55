import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const families = ['alpine', 'distroless', 'scratch', 'slim'];

const no = (fine, message) => (fine ? true : message);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The runtimes of an answer as a list. */
export const listOf = (text) => text.split(/[\s,]+/).filter((word) => word !== '');

/** The families whose images have to bring the language; an empty image can't. */
export const interpretedOn = ({ runtimes }) => listOf(runtimes).filter((family) => family !== 'scratch');

/** `ruby:3.4-slim` for `ruby:3.4`, as most images of languages are tagged. */
function shippedImage(image, family) {
  const [, name, version] = /^(.*):(\d[\w.]*)/.exec(image) ?? [];
  const known = ['alpine', 'slim'].includes(family) && name !== undefined && !/^(alpine|debian)$/.test(name);
  return known ? `${name}:${version}-${family}` : image;
}

const isTagged = (image) => /^[a-z0-9][\w./:-]*:\d[\w.-]*$/.test(image);

/** What is asked, in this order; a flag of the same name answers it. Each value is text, as flags are. */
export const questions = {
  id: {
    message: 'A short lower-case word for it, such as php',
    check: (id) =>
      /^[a-z][a-z0-9-]*$/.test(id)
        ? no(!existsSync(`${root}templates/${id}`), `templates/${id} is there already`)
        : 'Lower-case letters, digits and hyphens, such as php',
  },
  title: {
    message: 'What people call it',
    preset: ({ id }) => capital(id),
    check: (text) => no(/^[^'\n]+$/.test(text), 'One line without apostrophes'),
  },
  marker: {
    message: 'A file that every project of it has, such as composer.json',
    preset: ({ id }) => `${id}.json`,
    check: (name) => no(/^[\w.-]+$/.test(name), 'The name of one file'),
  },
  image: {
    message: 'The image that it is built with, with a version',
    preset: () => 'alpine:3.24',
    check: (image) => no(isTagged(image), 'An image with a tag that begins with its version, such as php:8.4-cli'),
  },
  runtimes: {
    message: `What its programs can ship on, the default first: ${families.join(', ')}`,
    preset: () => 'alpine,slim',
    check: (list) =>
      no(
        listOf(list).length > 0 && listOf(list).every((name) => families.includes(name)),
        `One or more of ${families.join(', ')}`,
      ),
  },
  start: {
    message: 'What starts a program, with the full path, in /app of the image',
    preset: () => '/bin/sh /app/hello.sh',
    check: (command) => no(command.startsWith('/'), 'Begin with the full path of the program: nothing looks it up'),
  },
  interpreted: {
    message: 'Does the image need the language at run time (an interpreter)?',
    preset: () => false,
    check: () => true,
  },
  ships: {
    message: 'The images with the language that it ships on, one for each runtime',
    preset: (answers) =>
      interpretedOn(answers)
        .map((family) => shippedImage(answers.image, family))
        .join(','),
    check: (list, answers) =>
      no(
        String(answers?.interpreted) !== 'true' ||
          (listOf(list).every(isTagged) && listOf(list).length === interpretedOn(answers).length),
        `An image with a version for each of ${interpretedOn(answers ?? { runtimes: '' }).join(', ')}`,
      ),
    when: ({ interpreted }) => String(interpreted) === 'true',
  },
  sample: {
    message: 'Folder of a sample application of yours (empty for a placeholder)',
    preset: () => '',
    check: (folder) => no(folder === '' || existsSync(folder), 'There is no such folder'),
  },
  expect: {
    message: 'A text that the sample prints, or answers to GET /, and that one of its files has',
    preset: ({ title }) => `hello from ${title}`,
    check: (text) => no(text !== '', 'Say something'),
    when: ({ sample }) => Boolean(sample),
  },
  port: {
    message: 'The port that it listens on (0 when it prints and ends)',
    preset: () => '0',
    check: (port) => no(/^\d{1,5}$/.test(port), 'A number'),
    when: ({ sample }) => Boolean(sample),
  },
};

/** The answers that nobody gave. */
export function defaults(given) {
  const answers = { ...given };
  for (const [name, { preset }] of Object.entries(questions)) answers[name] ??= preset?.(answers);
  return answers;
}

/** The first answer that is no good, in words; nothing when all are. */
export function complaint(answers) {
  for (const [name, { check }] of Object.entries(questions)) {
    const said = check(typeof answers[name] === 'string' ? answers[name].trim() : answers[name], answers);
    if (said !== true) return `--${name} ${JSON.stringify(answers[name])}: ${said}`;
  }
  return undefined;
}

/** What `--help` says of the flags. */
export const help = () =>
  Object.entries(questions)
    .map(([name, { message, preset }]) => {
      const value = preset?.({ id: 'id', title: 'Title', image: 'image:1', runtimes: 'alpine,slim' });
      const unasked = value === undefined || value === '' || value === false ? '' : ` (${value})`;
      return `  --${name.padEnd(13)}${message}${unasked}`;
    })
    .join('\n');

/** The questions as plop asks them. */
export const prompts = Object.entries(questions).map(([name, { message, preset, check, when }]) => ({
  type: name === 'interpreted' ? 'confirm' : 'input',
  name,
  message,
  ...(preset && { default: preset }),
  ...(when && { when }),
  validate: check,
}));
