import { keyFileOf } from '../../pairing/answers/store-fields.ts';
import { createCredentialCommand } from '../../pairing/cluster-pair/pxctl-commands.ts';
import type { Pxctl } from '../../pairing/clusters/ports.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { credentialsInJson } from './credential-json.ts';
import { credentialsIn, withJson } from './credential-list.ts';
import { credentialState, saysNotFound } from './credential-state.ts';
import { isShown, type RunPxctl } from './pxctl-run.ts';

type Credentials = Pick<
	Pxctl,
	'validateCredential' | 'createCredential' | 'storedCredential' | 'deleteCredential'
>;

export function credentialCommands(side: Side, { run, once, failed }: RunPxctl): Credentials {
	/** What the text does not tell, JSON may; a pxctl that knows no JSON here is as good as before. */
	const listed = async (needs: 'names' | 'all') => {
		const said = await once('credentials', 'list');
		const list = credentialsIn(said.code === 0 ? said.stdout : '');
		if (list.rows.length === 0 || (needs === 'names' && list.names)) {
			return { said, list };
		}
		const json = await once('credentials', 'list', '-j');
		return { said, list: withJson(list, credentialsInJson(json.code === 0 ? json.stdout : '')) };
	};

	return {
		async validateCredential(name) {
			const { list } = await listed('names');
			const isListed = list.rows.some(({ cells }) => cells.includes(name));
			if (list.names && !isListed) {
				return { kind: 'absent' };
			}
			const said = await once('credentials', 'validate', name);
			return credentialState(said, isListed, () => failed('credentials validate', said));
		},

		async createCredential(name, credential) {
			const keyFile = keyFileOf(credential);
			const said = await run({
				command: createCredentialCommand(side, name, credential),
				repeatable: false,
				...(keyFile && { keyFile }),
			});
			if (said.code !== 0 || !/created successfully/i.test(said.text)) {
				throw failed('credentials create', said, credential.provider);
			}
			const uuid = /\bUUID: ?([\da-f-]{36})\b/i.exec(said.stdout)?.[1];
			return uuid !== undefined && isShown(uuid, said) ? uuid : undefined;
		},

		async storedCredential(name) {
			const { said, list } = await listed('all');
			if (said.code !== 0) {
				throw failed('credentials list', said);
			}
			const row = list.rows.find(({ cells }) => cells.includes(name));
			return (
				row && {
					uuid: said.shown(row.uuid),
					// All together: a secret may be spread over several.
					traits: isShown(Object.values(row.traits).join('\n'), said) ? row.traits : {},
				}
			);
		},

		async deleteCredential(name) {
			const said = await once('credentials', 'delete', name);
			if ((said.code !== 0 || !/deleted successfully/i.test(said.text)) && !saysNotFound(said.text)) {
				throw failed('credentials delete', said);
			}
		},
	};
}
