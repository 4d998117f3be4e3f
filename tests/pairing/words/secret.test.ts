import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Secret } from '../../../source/pairing/words/secret.ts';

const canary = 'canary-of-the-secret';
const secret = new Secret(canary);

const waysToPrint: Readonly<Record<string, (value: Secret) => unknown>> = {
	'a template': value => `${value}`,
	'as a text': (value: Secret) => String(value),
	'adding a text': value => `${['', value].join('')}`,
	'as a number': value => `${Number(value)}`,
	'for a locale': value => value.toLocaleString(),
	'JSON.stringify': value => JSON.stringify({ value, list: [value] }),
	YAML: value => stringify({ value }),
	inspect: value => inspect(value),
	'inspect of all': value =>
		inspect({ deep: { value } }, { showHidden: true, depth: null, customInspect: true }),
	'inspect without custom inspection': value => inspect(value, { showHidden: true, customInspect: false }),
	'%s %o %O %j': value => format('%s %o %O %j %d', value, value, value, value, value),
	'own properties': value => JSON.stringify([Object.entries(value), Reflect.ownKeys(value), { ...value }]),
	'a structured clone': value => inspect(structuredClone(value)),
	serialization: value => serialize(value).toString('latin1'),
	'as a key': value => JSON.stringify({ [String(value)]: 1 }),
	'an error with it as cause': value => inspect(new Error(`refused ${value}`, { cause: value })),
	'an assertion that fails': value => {
		try {
			expect(value).toBe('something else');
		} catch (error) {
			return `${error}`;
		}
		return 'the assertion was to fail';
	},
};

test.each(Object.keys(waysToPrint))('%s does not reveal a secret', way => {
	expect(waysToPrint[way]?.(secret)).not.toContain(canary);
});

test('a console does not reveal it', async () => {
	const stream = new PassThrough();
	new Console(stream).log('%s %o', secret, secret, { secret }, [secret]);
	new Console(stream).table([{ secret }]);
	stream.end();
	expect(await text(stream)).not.toContain(canary);
});

test('anyone who needs the value asks for it by name', () => {
	expect([secret.reveal(), secret.length, new Secret('añ😀').length]).toEqual([canary, canary.length, 3]);
});

test('two secrets are compared without opening them', () => {
	expect([secret.equals(new Secret(canary)), secret.equals(new Secret('another'))]).toEqual([true, false]);
});
