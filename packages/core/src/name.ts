/**
 * A name that an image may have, made of a project's own: `@Acme/Orders Api` → `orders-api`. What has no letter or
 * digit left becomes `app`. The folder's name is never used: it differs from machine to machine.
 */
export function imageName(name: string | undefined): string {
  const last = (name ?? '').toLowerCase().split('/').at(-1) ?? '';
  const plain = last
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/([._-])[._-]+/g, '$1')
    .replace(/^[._-]+|[._-]+$/g, '');
  return plain.slice(0, 100).replace(/[._-]+$/, '') || 'app';
}
