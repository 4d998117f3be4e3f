import { expect, test } from 'vitest';
import { redact } from '../../source/gateways/machine/redact.ts';
import { isServer } from '../../source/pairing/answers/well-formed.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

const value = 'ver/SEcret+K&y <0042> "x"';
const between = (sign: string) => [...value].join(sign);

test.each([
	['as Go writes JSON', String.raw`ver/SEcret+K\u0026y \u003c0042\u003e \"x\"`],
	['as Go writes HTML', 'ver/SEcret+K&amp;y &lt;0042&gt; &#34;x&#34;'],
	['in a URL', 'ver%2FSEcret%2BK%26y%20%3C0042%3E%20%22x%22'],
	['in a URL, in lowercase letters', 'ver%2fSEcret%2bK%26y%20%3c0042%3e%20%22x%22'],
	['in a form', 'ver%2FSEcret%2BK%26y+%3C0042%3E+%22x%22'],
	['in a URL of a URL', encodeURIComponent(encodeURIComponent(value))],
	['in JSON that is in JSON', JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1)],
	['with zero-width characters in it', between('\u200B')],
	['with bidi characters and tags in it', between('\u202E\u{E0041}')],
	['in hex', Buffer.from(value).toString('hex')],
	['in base64', Buffer.from(value).toString('base64')],
])('a secret is not shown %s', (_name, form) => {
	expect(redact(`before ${form} after`, [new Secret(value)])).toBe('before •••••••• after');
});

test.each([
	['in base64 behind a name', Buffer.from(`name:${value}`).toString('base64'), 8],
	['in base64 behind another name', Buffer.from(`names:${value}`).toString('base64'), 8],
	['in base64 for URLs, behind a name', Buffer.from(`me:${value}:x`).toString('base64url'), 8],
	['without its end', value.slice(0, 15), 0],
	['without its beginning', value.slice(-15), 0],
	['over two lines', `${value.slice(0, 12)}\n    ${value.slice(12)}`, 0],
	['in colors', between('\u001B[1;31m'), 0],
	['in colors of C1', between('\u009B0m'), 0],
	['with NUL and backspaces in it', between('\u0000\u0008'), 0],
	['over lines of all kinds', between('\u2028\u0085\v'), 0],
	['in large letters', value.toUpperCase(), 0],
	['in hex, over two lines', Buffer.from(value).toString('hex').replace(/.{30}/, '$&\n'), 0],
	['in HTML, without its end', 'ver/SEcret+K&amp;y &l', 0],
])('a secret is not shown %s', (_name, form, around) => {
	const shown = redact(`before <${form}> after`, [new Secret(value)]);
	expect(shown).toMatch(new RegExp(`^before <.{0,${around}}••••••••.{0,${around}}> after$`));
});

test('a secret with letters beyond ASCII is found as what keeps to ASCII writes it', () => {
	const secret = new Secret('clé-secrète-0042');
	expect(redact(String.raw`"cl\u00e9-secr\u00e8te-0042"`, [secret])).toBe('"••••••••"');
});

test('a secret of a few characters takes its line with it: what surrounds it would tell it', () => {
	expect(redact('one\nthe admin said that admin is no admin\ntwo', [new Secret('admin')])).toBe(
		'one\n••••••••\ntwo',
	);
});

test('other text stays as it is', () => {
	const text = 'Nothing of it is a secret:\n  0000000000000000 certificate, ver/SE, <0042>\n';
	expect(redact(text, [new Secret(value), new Secret('key-0000000000000000000')])).toBe(text);
});

test('a secret in megabytes of text is found, and text that begins like it is not searched again and again', () => {
	const text = `${'ver/SEcre '.repeat(200_000)}${value}`;
	expect(redact(text, [new Secret(value)])).not.toContain(value);
});

test.each(["https://a/';touch\tPWNED;'", 'https://a/&', 'https://a/$(x)', 'https://a/`x`', 'https://a#b'])(
	'%s is no server: a shell or sed would read a part of it',
	server => expect(isServer(server)).toBe(false),
);

test.each(['https://a:6443/k8s/clusters/c-m_1~x', 'https://[::1]:6443', 'https://10.0.0.1'])(
	'%s is a server',
	server => expect(isServer(server)).toBe(true),
);
