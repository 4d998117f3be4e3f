import { expect, test } from 'vitest';
import { redact } from '../../source/gateways/machine/redact.ts';
import { isServer } from '../../source/pairing/answers/well-formed.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

const value = 'ver/SEcret+K&y <0042> "x"';

test.each([
	['as Go writes JSON', String.raw`ver/SEcret+K\u0026y \u003c0042\u003e \"x\"`],
	['as Go writes HTML', 'ver/SEcret+K&amp;y &lt;0042&gt; &#34;x&#34;'],
	['in a URL', 'ver%2FSEcret%2BK%26y%20%3C0042%3E%20%22x%22'],
	['in a URL, in small letters', 'ver%2fSEcret%2bK%26y%20%3c0042%3e%20%22x%22'],
	['in a form', 'ver%2FSEcret%2BK%26y+%3C0042%3E+%22x%22'],
	['in hex', Buffer.from(value).toString('hex')],
	['in base64', Buffer.from(value).toString('base64')],
])('a secret is not shown %s', (_name, form) => {
	expect(redact(`before ${form} after`, [new Secret(value)])).toBe('before •••••••• after');
});

test.each(["https://a/';touch\tPWNED;'", 'https://a/&', 'https://a/$(x)', 'https://a/`x`', 'https://a#b'])(
	'%s is no server: a shell or sed would read a part of it',
	server => expect(isServer(server)).toBe(false),
);

test.each(['https://a:6443/k8s/clusters/c-m_1~x', 'https://[::1]:6443', 'https://10.0.0.1'])(
	'%s is a server',
	server => expect(isServer(server)).toBe(true),
);
