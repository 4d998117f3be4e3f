import { expect, test } from 'vitest';
import { redact } from '../../../source/gateways/machine/redact.ts';
import { isServer } from '../../../source/pairing/answers/well-formed.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';

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
	['in HTML, without its end', 'ver/SEcret+K&amp;y &l', 2],
])('a secret is not shown %s', (_name, form, around) => {
	const shown = redact(`before <${form}> after`, [new Secret(value)]);
	expect(shown).toMatch(new RegExp(`^before <.{0,${around}}••••••••.{0,${around}}> after$`));
});

const bytesOf = (text: string, each: (byte: number) => string, between = ''): string =>
	[...Buffer.from(text)].map(each).join(between);
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** What programs in Go, shells, browsers and people make of a text. */
const disguises: Readonly<Record<string, (text: string) => string>> = {
	'%q of Go': text => JSON.stringify(text),
	'%+q of Go': text =>
		JSON.stringify(text).replaceAll(/[^ -~]/gu, sign => {
			const code = sign.codePointAt(0) ?? 0;
			return code > 0xff_ff
				? `\\U${code.toString(16).padStart(8, '0')}`
				: `\\u${code.toString(16).padStart(4, '0')}`;
		}),
	'%x of Go': text => bytesOf(text, hex),
	'%X of Go': text => bytesOf(text, hex).toUpperCase(),
	'% x of Go': text => bytesOf(text, hex, ' '),
	'% X of Go': text => bytesOf(text, hex, ' ').toUpperCase(),
	'%# x of Go': text => bytesOf(text, byte => `0x${hex(byte)}`, ' '),
	'%#v of Go': text => bytesOf(text, byte => `0x${byte.toString(16)}`, ', '),
	'%v of bytes in Go': text => bytesOf(text, String, ' '),
	'bytes in JSON': text => bytesOf(text, String, ','),
	'hex with colons': text => bytesOf(text, hex, ':'),
	'hex in lines': text => bytesOf(text, hex, ' ').replaceAll(/.{24}/g, '$&\n'),
	'escaped bytes': text => bytesOf(text, byte => `\\x${hex(byte)}`),
	'escaped bytes, but for ASCII': text =>
		bytesOf(text, byte => (byte < 128 ? String.fromCharCode(byte) : `\\x${hex(byte)}`)),
	'octal bytes': text => bytesOf(text, byte => `\\${byte.toString(8).padStart(3, '0')}`),
	'JSON of escapes alone': text =>
		text.replaceAll(/./gs, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
	'JSON with large digits': text =>
		JSON.stringify(text).replaceAll(/[&<>]/g, sign => `\\u00${hex(sign.charCodeAt(0)).toUpperCase()}`),
	'JSON with \\/': text => JSON.stringify(text).replaceAll('/', '\\/'),
	'JSON in JSON in JSON': text => JSON.stringify(JSON.stringify(JSON.stringify(text))),
	'HTML in decimal': text => text.replaceAll(/./gsu, sign => `&#${sign.codePointAt(0)};`),
	'HTML in hex': text => text.replaceAll(/./gsu, sign => `&#x${sign.codePointAt(0)?.toString(16)};`),
	'HTML of HTML': text => text.replaceAll('&', '&amp;amp;').replaceAll('<', '&amp;lt;'),
	'XML beyond ASCII': text =>
		text.replaceAll(/[^ -%'-;=?-~]/gu, sign => `&#x${sign.codePointAt(0)?.toString(16).toUpperCase()};`),
	'the path of a URL': encodeURI,
	'a URL in escapes alone': text => bytesOf(text, byte => `%${hex(byte)}`),
	'the URL of a URL of a URL': text => encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
	'a form': text => new URLSearchParams([['key', text]]).toString().slice(4),
	'a URL in JSON that keeps from %': text => encodeURIComponent(text).replaceAll('%', '\\u0025'),
	'base64 of base64': text => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
	'base64 in lines': text => Buffer.from(text).toString('base64').replaceAll(/.{10}/g, '$&\n'),
	'UTF-16 in hex': text => wide(text).toString('hex'),
	'UTF-16 in base64': text => wide(text).toString('base64'),
	'UTF-8 that is read as Latin-1': text => Buffer.from(text).toString('latin1'),
	'large letters': text => text.toUpperCase(),
	'letters with accents apart': text => text.normalize('NFD'),
	'letters in one with their accents': text => text.normalize('NFC'),
	'wide letters': text =>
		text.replaceAll(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfe_e0)),
	'letters with blanks between them': text => [...text].join(' '),
	'quoted-printable': text =>
		text
			.replaceAll(/[^ -<>-~]/gu, sign => bytesOf(sign, byte => `=${hex(byte).toUpperCase()}`))
			.replaceAll(/(?<!=.?)(?<=^.{9}|\n.{9})(?!=|.=|.?$)/gs, '=\r\n'),
	'quoted-printable of all': text => bytesOf(text, byte => `=${hex(byte).toUpperCase()}`),
	'HTML by name': text => text.replaceAll(/[^\w"]/gu, sign => names[sign] ?? sign),
	backwards: text => [...text].reverse().join(''),
	'backwards in JSON': text => JSON.stringify([...text].reverse().join('')),
	'quotes of a shell': text => text.replaceAll("'", "'\\''").replaceAll('"', "'\"'"),
	'backslashes of a shell': text => text.replaceAll(/[^\w]/gu, '\\$&'),
};

const names: Readonly<Record<string, string>> = {
	...{ é: '&eacute;', è: '&egrave;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '/': '&sol;' },
	...{ '+': '&plus;', '=': '&equals;', '-': '&hyphen;', ' ': '&nbsp;' },
};

const disguised = [
	'pa&ss<w>ord+/x é=',
	'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
	'clé-secrète-0042',
	value,
];

test.each(Object.entries(disguises))('no letter of a secret is shown as %s', (_name, disguise) => {
	for (const secret of disguised) {
		const shown = redact(`before (${disguise(secret)}) after`, [new Secret(secret)]);
		expect(shown).toMatch(/^before \(([^\p{L}\p{N}]|0x)*••••••••[^\p{L}\p{N}]*\) after$/u);
	}
});

test.each(["it's", 'a&b', 'é<'])('a short secret, %s, takes its line with it in each disguise', secret => {
	for (const [name, disguise] of Object.entries(disguises).filter(([name]) => isOneForShort(name))) {
		expect({ name, shown: redact(`one\nthe ${disguise(secret)}\ntwo`, [new Secret(secret)]) }).toEqual({
			name,
			shown: 'one\n••••••••\ntwo',
		});
	}
});

/** In numbers and with something between its letters, a few characters are anything. */
const isOneForShort = (name: string) =>
	!/of bytes|bytes in|% |%#|colons|lines|UTF|base64 of|blanks|shell/.test(name);

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
