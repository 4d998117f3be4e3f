import { asRecord, textIn } from '../../../pairing/words/json.ts';
import type { Entry } from '../kubeconfig.ts';
import { refuse } from './fault.ts';

/**
 * What is not used has to be well-formed anyway.
 * @throws KubeconfigFault
 */
export function checkUnused(fields: Entry['fields']): void {
	const fault = providerFault(fields['auth-provider']);
	if (fault !== undefined) {
		refuse(fault);
	}
	checkPlugin(fields.exec);
}

/** plugin/pkg/client/auth: gcp and azure were removed. Beside a token, too, it has to be well-formed. */
export function providerFault(section: unknown): string | undefined {
	if (section === undefined) {
		return undefined;
	}
	const { name, config } = asRecord(section);
	if (name !== 'oidc') {
		return `the auth-provider ${JSON.stringify(name ?? '')} was removed from Kubernetes clients in 1.26: ${instead[textIn(name)] ?? 'use an exec plugin'}`;
	}
	const missing = ['idp-issuer-url', 'client-id'].find(wanted => textIn(asRecord(config)[wanted]) === '');
	if (missing !== undefined) {
		return `its auth-provider oidc names no ${missing}`;
	}
	const authority = textIn(asRecord(config)['idp-certificate-authority-data']);
	return authority === '' ||
		/^-----BEGIN CERTIFICATE-----/m.test(Buffer.from(authority, 'base64').toString('latin1'))
		? undefined
		: 'the idp-certificate-authority-data of its auth-provider oidc contains no PEM certificate';
}

const execVersions = ['client.authentication.k8s.io/v1beta1', 'client.authentication.k8s.io/v1'];

/** plugin/pkg/client/auth/exec: so is it with a plugin. */
function checkPlugin(section: unknown): void {
	const version = textIn(asRecord(section).apiVersion);
	if (section !== undefined && !execVersions.includes(version)) {
		refuse(
			`exec plugin: invalid apiVersion ${JSON.stringify(version)}; kubectl and Stork know ${execVersions.join(' and ')}`,
		);
	}
}

const instead: Readonly<Record<string, string>> = {
	gcp: 'run gcloud container clusters get-credentials, which sets up gke-gcloud-auth-plugin',
	azure: 'run kubelogin convert-kubeconfig',
};
