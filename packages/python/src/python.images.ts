import { imageTests } from '@msb/core/testing';
import { python } from './index.ts';

await imageTests(python, {
  // pip and Pipenv download, PDM installs; uv lists releases, and what is the project's own as "(from file://…)"
  dependencyWork: /Downloading \S+\.whl|^#\d+ [\d.]+ +\+ [\w.-]+==[\w.]+$|\bInstall [\w.-]+ [\d.]+ successful/m,
  // what only an installation needs; the base has Python's own pip
  sources: /^opt\/venv\/.*\/(pip|setuptools|wheel|uv|poetry|pdm|pipenv)\/|(^|\/)(uv|poetry|pdm|Pipfile)\.lock$/,
  artifacts: [/^opt\/venv\//, /^app\//],
});
