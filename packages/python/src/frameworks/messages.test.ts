import { expect, test } from 'vitest';
import { dockerfileOf, type Files, notesOf } from '../project.test.kit.ts';

const catalogs = (folder: string): Files => ({ [`${folder}/de/LC_MESSAGES/messages.po`]: '' });

test.each([
  ['django\ngunicorn', 'python -m django compilemessages && \\\n', 'gettext'],
  ['flask-babel', 'pybabel compile -d shop/locale -D messages && \\\n', undefined],
  ['', 'msgfmt -o shop/locale/de/LC_MESSAGES/messages.mo shop/locale/de/LC_MESSAGES/messages.po && \\\n', 'gettext'],
])('translations are compiled before they ship: %j', (packages, command, tool) => {
  const files = { 'requirements.txt': `${packages}\n`, 'main.py': 'import gettext\n', ...catalogs('shop/locale') };
  const text = dockerfileOf(files, { runtime: 'slim', start: 'python main.py' });
  expect(text).toContain(command);
  expect(text.includes('install -y --no-install-recommends gettext')).toBe(tool !== undefined);
});

test('those that are there in their compiled form are left alone', () => {
  const files = {
    'requirements.txt': 'flask-babel\n',
    'main.py': '',
    ...catalogs('locale'),
    'locale/de/LC_MESSAGES/messages.mo': '',
  };
  expect(dockerfileOf(files, { runtime: 'slim' })).not.toContain('pybabel');
});

test("the state of Celery's beat goes where it can be written", () => {
  const files = { 'requirements.txt': 'celery\n', 'main.py': '' };
  expect(dockerfileOf(files, { runtime: 'slim', start: 'celery -A main beat' })).toContain(
    '"beat", "--schedule", "/tmp/celerybeat-schedule"]',
  );
});

test.each([
  ['from shop.api import orders_pb2, orders_pb2_grpc', 'shop/api'],
  ['import orders_pb2_grpc', '.'],
])('modules of .proto files are made in the build: %s', (line, out) => {
  const files = { 'requirements.txt': 'grpcio-tools\n', 'main.py': `${line}\n`, 'protos/orders.proto': '' };
  expect(dockerfileOf(files, { runtime: 'slim' })).toContain(
    `python -m grpc_tools.protoc -Iprotos --python_out=${out} --grpc_python_out=${out} protos/orders.proto`,
  );
  const lacking = { ...files, 'requirements.txt': 'grpcio\n' };
  expect(notesOf(lacking)).toContain(
    "Your app imports orders_pb2, which is made of protos/orders.proto and isn't in the repository",
  );
  expect(
    dockerfileOf({ ...files, 'orders_pb2.py': '', 'shop/api/orders_pb2.py': '' }, { runtime: 'slim' }),
  ).not.toContain('protoc');
});
