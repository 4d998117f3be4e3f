import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asRecord, textIn } from '../../../pairing/words/json.ts';
import { fileTrouble } from '../../machine/file-error.ts';
import type { ContextEntry, Entry } from '../kubeconfig.ts';
import { isGoUrl, serverUrl } from './address.ts';
import { KubeconfigFault } from './fault.ts';

/**
 * What client-go refuses before any request (tools/clientcmd/validation.go, rest/config.go), of the entries that the context
 * names. Of values only names and paths are told.
 * @throws KubeconfigFault
 */
export async function validate(entry: ContextEntry): Promise<void> {
	const faults = [
		...(entry.user || entry.userName === ''
			? []
			: [`its user ${JSON.stringify(entry.userName)} is not in the kubeconfig`]),
		...(await clusterFaults(entry)),
		...(await userFaults(entry)),
	];
	if (faults.length > 0) {
		throw new KubeconfigFault(faults.join('; '));
	}
}

async function clusterFaults({ clusterName, cluster }: ContextEntry): Promise<readonly string[]> {
	const fields = cluster?.fields ?? {};
	const data = textIn(fields['certificate-authority-data']);
	const file = textIn(fields['certificate-authority']);
	const proxy = textIn(fields['proxy-url']);
	return [
		...when(
			proxy !== '' && !(/^(https?|socks5):\/\/[^/]/i.test(proxy) && isGoUrl(proxy)),
			'its proxy-url is not an http://, https:// or socks5:// address',
		),
		...when(
			data !== '' && file !== '',
			`certificate-authority-data and certificate-authority are both specified for ${clusterName}`,
		),
		...(await unreadable('certificate-authority', file, cluster)),
		...when(
			fields['insecure-skip-tls-verify'] === true &&
				(data !== '' || file !== '') &&
				serverUrl(textIn(fields.server))?.protocol !== 'http:',
			'specifying a root certificates file with the insecure flag is not allowed',
		),
	];
}

async function userFaults({ userName, user }: ContextEntry): Promise<readonly string[]> {
	const fields = user?.fields ?? {};
	const field = (name: string) => textIn(fields[name]);
	const basic = field('username') !== '' || field('password') !== '';
	const provider = asRecord(asRecord(fields['auth-provider']).config);
	const impersonates = ['as-uid', 'as-groups', 'as-user-extra'].some(name => isSet(fields[name]));
	return [
		...(await certificateFaults({ userName, user })),
		...when(
			(basic && field('token') !== '') || (field('username') !== '' && field('tokenFile') !== ''),
			`more than one authentication method found for ${userName}: a token and username or password`,
		),
		...when(
			isSet(fields.exec) && isSet(fields['auth-provider']),
			`auth-provider cannot be combined with an exec plugin for ${userName}`,
		),
		...(await unreadable(
			'idp-certificate-authority',
			textIn(provider['idp-certificate-authority']),
			undefined,
		)),
		...(fields.exec === undefined ? [] : execFaults(userName, asRecord(fields.exec))),
		...when(
			impersonates && field('as') === '',
			`requesting uid, groups or user-extra for ${userName} without impersonating a user`,
		),
	];
}

async function certificateFaults({
	userName,
	user,
}: Pick<ContextEntry, 'userName' | 'user'>): Promise<readonly string[]> {
	const field = (name: string) => textIn(user?.fields[name]);
	const [certificate, certificateData] = [field('client-certificate'), field('client-certificate-data')];
	const [key, keyData] = [field('client-key'), field('client-key-data')];
	if (!(certificate || certificateData)) {
		return [];
	}
	return [
		...when(
			certificate !== '' && certificateData !== '',
			`client-cert-data and client-cert are both specified for ${userName}`,
		),
		...when(
			key !== '' && keyData !== '',
			`client-key-data and client-key are both specified for ${userName}`,
		),
		...when(key === '' && keyData === '', `client-key-data or client-key must be specified for ${userName}`),
		...(await unreadable('client-certificate', certificate, user)),
		...(await unreadable('client-key', key, user)),
	];
}

const modes = ['Never', 'IfAvailable', 'Always'];

function execFaults(userName: string, exec: Readonly<Record<string, unknown>>): readonly string[] {
	const version = textIn(exec.apiVersion);
	const mode = textIn(exec.interactiveMode);
	const env: readonly unknown[] = Array.isArray(exec.env) ? exec.env : [];
	return [
		...when(textIn(exec.command) === '', `its exec section has no command`),
		...when(version === '', `its exec section names no apiVersion`),
		...when(
			env.some(variable => textIn(asRecord(variable).name) === ''),
			'a variable of its exec section has no name',
		),
		// For the two beta versions it is IfAvailable by default (tools/clientcmd/api/v1/defaults.go).
		...when(
			mode === '' && version !== '' && !/^client\.authentication\.k8s\.io\/v1(alpha|beta)1$/.test(version),
			`interactiveMode must be specified for ${userName} to use exec authentication plugin`,
		),
		...when(
			mode !== '' && !modes.includes(mode),
			`invalid interactiveMode for ${userName}: ${JSON.stringify(mode)}`,
		),
	];
}

const isSet = (value: unknown): boolean =>
	typeof value === 'object' ? Object.keys(value ?? {}).length > 0 : Boolean(value);

const when = (applies: boolean, fault: string): readonly string[] => (applies ? [fault] : []);

async function unreadable(field: string, file: string, entry: Entry | undefined): Promise<readonly string[]> {
	if (file === '') {
		return [];
	}
	const path = resolve(entry?.folder ?? '', file);
	try {
		await access(path, constants.R_OK);
		return [];
	} catch (error) {
		return [`unable to read ${field} ${path}: ${fileTrouble(error)}`];
	}
}
