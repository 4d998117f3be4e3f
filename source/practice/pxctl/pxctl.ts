import { Exit, type Process, type Program, say } from '../pod/process.ts';
import { createCredential, listCredentials, validateCredential } from './credentials.ts';
import { PxctlFailure } from './failure.ts';
import type { PxctlState } from './state.ts';
import { licenseText, statusJson, statusText, tooOldFor } from './texts.ts';

/** What replaces `/opt/pwx/bin/pxctl`. Nothing behind it is real. */
export const pxctl: Program = async (process, args) => {
	const { portworx } = process.container;
	if (!portworx) throw new Exit(127);
	const json = args.some(word => word === '-j' || word === '--json');
	// It may stand anywhere.
	const [command = '', ...rest] = args.filter(word => !['-j', '--json', '--color'].includes(word));
	try {
		await say(process, await answer(process, portworx, command, rest, json));
		return 0;
	} catch (error) {
		if (!(error instanceof PxctlFailure)) throw error;
		await say(process, `${error.message}\n`, error.stream === 'output' ? 1 : 2);
		return 1;
	}
};

const usage = `pxctl of a practice cluster
Usage: pxctl status | credentials | cluster | license | secrets | version
`;

async function answer(
	process: Process,
	portworx: PxctlState,
	command: string,
	args: readonly string[],
	json: boolean,
): Promise<string> {
	const settings = portworx.settings();
	switch (command) {
		case 'status':
		case 's':
			demandRunning(process, portworx);
			return json ? statusJson(settings) : statusText(settings);
		case 'credentials':
		case 'credential':
		case 'cred':
			demandService(process, portworx);
			demandAuthority(process, portworx);
			return credentials(process, portworx, args, json);
		case 'cluster':
			demandService(process, portworx);
			demandAuthority(process, portworx);
			return cluster(process, portworx, args);
		case 'license':
			demandService(process, portworx);
			return licenseText(settings);
		case 'secrets':
			demandService(process, portworx);
			if (args.join(' ') !== 'kvdb login')
				throw new PxctlFailure(`unknown command "${args.slice(0, 2).join(' ')}" for "pxctl secrets"`);
			portworx.set({ secretsEndpoint: 'open' });
			return 'Successful Login to Secrets Endpoint!\n';
		case 'version':
		case '--version':
		case '-v':
			return `pxctl version ${settings.version}-practice\n`;
		case '':
		case 'help':
		case '--help':
		case '-h':
			return usage;
		default:
			throw new PxctlFailure(`unknown command "${command}" for "pxctl"`);
	}
}

function demandRunning({ container }: Process, portworx: PxctlState): void {
	const { health, podsDown } = portworx.settings();
	if (health !== 'not-running' && !podsDown.includes(container.name)) return;
	const end = tooOldFor(portworx.settings(), 2, 11) ? '' : '.';
	throw new PxctlFailure(`PX is not running on this host${end}`, 'output');
}

function demandService(process: Process, portworx: PxctlState): void {
	demandRunning(process, portworx);
	const settings = portworx.settings();
	if (settings.health === 'maintenance') throw new PxctlFailure(statusText(settings).trimEnd(), 'output');
}

/** A cluster without security ignores the token. */
function demandAuthority({ environment }: Process, portworx: PxctlState): void {
	const { adminToken } = portworx.settings();
	const token = environment.get('PXCTL_AUTH_TOKEN');
	if (adminToken === undefined || token === adminToken) return;
	throw new PxctlFailure(
		/[\r\n]/.test(token ?? '')
			? 'stream terminated by RST_STREAM with error code: PROTOCOL_ERROR'
			: 'rpc error: code = PermissionDenied desc = Access denied without authentication token',
	);
}

async function credentials(
	process: Process,
	portworx: PxctlState,
	[subcommand = '', ...args]: readonly string[],
	json: boolean,
): Promise<string> {
	if (portworx.settings().secretsEndpoint === 'closed')
		throw new PxctlFailure('Not authenticated with the secrets endpoint');
	switch (subcommand) {
		case 'create':
		case 'c':
			return createCredential(process, portworx, args);
		case 'list':
		case 'l':
			return listCredentials(portworx, json);
		case 'validate':
		case 'v':
			return validateCredential(portworx, args[0] ?? '');
		case 'delete':
		case 'd': {
			const [wanted = ''] = args;
			const found = portworx.credentials().find(({ name, uuid }) => name === wanted || uuid === wanted);
			if (!found) throw new PxctlFailure(`Credential id ${wanted} not found`);
			portworx.removeCredential(found.name);
			return 'Credential deleted successfully\n';
		}
		default:
			throw new PxctlFailure(`unknown command "${subcommand}" for "pxctl credentials"`);
	}
}

async function cluster(process: Process, portworx: PxctlState, args: readonly string[]): Promise<string> {
	const [noun = '', verb = '', ...rest] = args;
	switch (`${noun} ${verb}`) {
		case 'token show':
			return `Token is ${portworx.clusterToken() ?? portworx.newClusterToken()}\n`;
		case 'token reset':
			portworx.set({ clusterToken: 'fresh' });
			return `Token is ${portworx.newClusterToken()}\n`;
		case 'pair list':
			return pairList(portworx);
		case 'pair create':
			return createPair(process, rest);
		case 'pair delete': {
			const id = rest[0] === '--id' || rest[0] === '-i' ? (rest[1] ?? '') : (rest[0] ?? '');
			if (id === '') throw new PxctlFailure('required flag(s) "id" not set');
			if (!portworx.removePair(id)) throw new PxctlFailure(`cluster pair ${id} not found`);
			return `Successfully deleted cluster pair ${id}\n`;
		}
		default:
			throw new PxctlFailure(`unknown command "${noun} ${verb}" for "pxctl cluster"`);
	}
}

function pairList(portworx: PxctlState): string {
	const rows = portworx
		.pairs()
		.map(({ id, name, ip, port }, index) =>
			[`${id}${index === 0 ? '(default)' : ''}`, name, `http://${ip}:${port}`, `clusterPair_${id}`].join(
				'\t',
			),
		);
	return `${['CLUSTER-ID\tNAME\tENDPOINT\tCREDENTIAL-ID', ...rows].join('\n')}\n`;
}

/** The cluster's own management endpoint does the pairing, for this command as for Stork. */
async function createPair(process: Process, args: readonly string[]): Promise<string> {
	const options = { ip: '', port: '9001', token: '' };
	const names: Readonly<Record<string, keyof typeof options>> = {
		'--ip': 'ip',
		'-i': 'ip',
		'--remote-port': 'port',
		'-p': 'port',
		'--token': 'token',
		'-t': 'token',
	};
	for (let at = 0; at < args.length; at += 2) {
		const flag = args[at] ?? '';
		const name = names[flag];
		if (!name) throw new PxctlFailure(`unknown flag: ${flag}`);
		const value = args[at + 1];
		if (value === undefined) throw new PxctlFailure(`flag needs an argument: ${flag}`);
		options[name] = value;
	}
	if (!/^[A-Za-z0-9._:-]*$/.test(Object.values(options).join('')))
		throw new PxctlFailure('invalid pair options');
	if (!options.ip || !options.token) throw new PxctlFailure('required flag(s) "ip", "token" not set');
	try {
		const { name } = await process.container.pairWith(options, process.signal);
		return `Successfully paired with remote cluster ${name}\n`;
	} catch (error) {
		process.signal.throwIfAborted();
		throw new PxctlFailure((error as Error).message);
	}
}
