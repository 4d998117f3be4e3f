import { X509Certificate } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import type { Environment } from '../../../pairing/words/environment.ts';
import { attempt, textIn } from '../../../pairing/words/json.ts';
import { readBoundedBytes } from '../../machine/read-bounded-file.ts';
import type { Entry } from '../kubeconfig.ts';
import { refuse } from './fault.ts';
import { contentOf } from './login.ts';

/** Whose certificates a server may show. NODE_TLS_REJECT_UNAUTHORIZED means nothing here: `insecure` alone decides. */
export type Trust = Readonly<{ ca: readonly string[]; insecure: boolean; serverName: string | undefined }>;

/**
 * A CA of the kubeconfig replaces the store of the system wholly (client-go transport/transport.go).
 * @throws KubeconfigFault
 */
export async function trustOf(cluster: Entry | undefined, environment: Environment): Promise<Trust> {
	const insecure = cluster?.fields['insecure-skip-tls-verify'] === true;
	const serverName = textIn(cluster?.fields['tls-server-name']).replace(/\.$/, '') || undefined;
	if (insecure) {
		return { ca: [], insecure, serverName };
	}
	const given = await contentOf(cluster, 'certificate-authority');
	return { ca: given?.length ? ownCa(given) : await systemCa(environment), insecure, serverName };
}

function ownCa(contents: Buffer): readonly string[] {
	const found = certificatesIn(contents);
	return found.length > 0 ? found : refuse('its certificate-authority contains no PEM certificate');
}

/** One that is broken beside a right one is passed over. */
const certificatesIn = (contents: Buffer): readonly string[] =>
	(
		contents.toString('utf8').match(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gm) ?? []
	).filter(pem => attempt(() => new X509Certificate(pem)) !== undefined);

/** Where SSL_CERT_FILE and SSL_CERT_DIR count, as for programs in Go. */
async function systemCa({ SSL_CERT_FILE, SSL_CERT_DIR }: Environment): Promise<readonly string[]> {
	const system = SSL_CERT_FILE && SSL_CERT_DIR ? [] : getCACertificates('system');
	const named = await Promise.all(
		[...(SSL_CERT_FILE ? [SSL_CERT_FILE] : []), ...(await filesIn(SSL_CERT_DIR))].map(file =>
			readBoundedBytes(file).then(certificatesIn, () => []),
		),
	);
	const found = [...system, ...named.flat()];
	return found.length > 0 || SSL_CERT_FILE || SSL_CERT_DIR ? found : getCACertificates('bundled');
}

async function filesIn(folders: string | undefined): Promise<readonly string[]> {
	const listed = await Promise.all(
		(folders ?? '')
			.split(':')
			.filter(Boolean)
			.map(async folder => (await readdir(folder).catch(() => [])).map(name => join(folder, name))),
	);
	return listed.flat();
}
