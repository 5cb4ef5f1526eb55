import { imageTests } from '@msb/core/testing';
import { rust } from './index.ts';

await imageTests(rust, {
  // Cargo names the folder of what is the project's own: `Compiling orders v0.1.0 (/src/orders)`
  dependencyWork: /\b(Downloaded|Updating) \S|\bCompiling \S+ v[\d.]+\S*$/m,
  sources: /\.rs$|(^|\/)Cargo\.(toml|lock)$/,
  artifacts: [/^usr\/local\/bin\//],
});
