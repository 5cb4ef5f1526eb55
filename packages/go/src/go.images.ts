import { imageTests } from '@msb/core/testing';
import { go } from './index.ts';

await imageTests(go, {
  dependencyWork: /go: downloading|^#\d+ [\d.]+ (golang\.org|github\.com|net\/http|runtime)$/m,
  verbose: (dockerfile) => dockerfile.replace('go build ', 'go build -v '),
  sources: /\.go$|(^|\/)go\.(mod|sum)$/,
  artifacts: [/^usr\/local\/bin\//],
});
