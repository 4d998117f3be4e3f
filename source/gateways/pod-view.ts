import type { PortworxFacts } from '../pairing/cluster.ts';
import type { PodView } from '../pairing/ports.ts';
import type { Connection } from './connection.ts';

export function podView(_connection: Connection, _portworx: () => Promise<PortworxFacts>): PodView {
	return {
		ask: async () => ({ kind: 'untested', because: 'not built' }),
		clock: async () => ({ ahead: 0, uncertainty: 0 }),
		tryStore: async () => ({ kind: 'untried', because: 'not built' }),
	};
}
