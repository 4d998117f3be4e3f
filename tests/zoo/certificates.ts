import { createPrivateKey } from 'node:crypto';
import type { Authority } from '../../source/practice/certificates.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = { cipher: 'aes-256-cbc', passphrase: 'zoo' } as const;

/** Client certificates of every make, and the forms in which their keys are written. */
export function certificateValues(authority: Authority): Readonly<Record<string, string>> {
	const ec = authority.client('zoo-ec', [], 30, 'ec');
	const rsa = authority.client('zoo-rsa', [], 30, 'rsa');
	const ed = authority.client('zoo-ed', [], 30, 'ed25519');
	const old = authority.client('zoo-old', [], -1);
	const ecKey = createPrivateKey(ec.keyPem);
	const rsaKey = createPrivateKey(rsa.keyPem);
	const sec1 = String(ecKey.export({ type: 'sec1', format: 'pem' }));
	// OpenSSL writes them before the key: here those of P-256.
	const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
	return {
		RSA_CERT: rsa.certPem,
		RSA_KEY: rsa.keyPem,
		...encoded({
			EC_CERT: ec.certPem,
			EC_KEY: ec.keyPem,
			EC_SEC1: sec1,
			EC_PARAMETERS: `${parameters}${sec1}`,
			RSA_CERT: rsa.certPem,
			RSA_KEY: rsa.keyPem,
			RSA_PKCS1: String(rsaKey.export({ type: 'pkcs1', format: 'pem' })),
			RSA_ENCRYPTED: String(rsaKey.export({ type: 'pkcs8', format: 'pem', ...secret })),
			RSA_OLD_ENCRYPTED: String(rsaKey.export({ type: 'pkcs1', format: 'pem', ...secret })),
			ED_CERT: ed.certPem,
			ED_KEY: ed.keyPem,
			OLD_CERT: old.certPem,
			OLD_KEY: old.keyPem,
		}),
	};
}

const encoded = (texts: Readonly<Record<string, string>>): Record<string, string> =>
	Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${name}_DATA`, base64(text)]));
