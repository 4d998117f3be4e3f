import { encryptionPassphrase, type ProviderDefinition } from '../provider.ts';
import { isAddress } from '../well-formed.ts';

/** A share needs no secret: who may mount it is decided by the server. */
export const nfs = {
	label: 'An NFS share',
	name: 'NFS',
	description:
		'A server that exports a folder to the nodes of both clusters. No keys. Needs Portworx 2.13.10.',
	// As Portworx's matrix of features has it for NFS as a place of backups.
	since: { portworx: [2, 13, 10], stork: [23, 6, 0] },
	fields: {
		server: {
			kind: 'text',
			flag: '--nfs-server',
			accepts: isAddress,
			allowed: 'an IP address or a host name',
			ask: {
				short: 'NFS server',
				question: 'Which NFS server exports the folder?',
				what: 'Its address or name. The nodes of both clusters must reach it, mostly on port 2049.',
				where: 'The administrator of the storage knows it.',
				example: 'nfs.example.com',
				wrong: 'An address or a name, such as nfs.example.com.',
				practice: 'nfs.example.com',
			},
		},
		// What pxctl calls the sub path is the export: Stork's `subPath` of a share is filled with the export path, too.
		exportPath: {
			kind: 'text',
			flag: '--nfs-sub-path',
			accepts: /^\/[^\p{Cc}\s]{0,1000}$/u,
			allowed: 'the path of an exported folder, from /',
			ask: {
				short: 'Exported folder',
				question: 'Which folder does it export?',
				what: 'The export path, from /. Portworx must be allowed to write to it from both clusters.',
				where: 'showmount -e SERVER lists what a server exports.',
				example: '/exports/portworx',
				wrong: 'A path that begins with /, without blanks.',
				practice: '/exports/portworx',
			},
		},
		// Where other stores have a bucket.
		subPath: {
			kind: 'text',
			flag: '--bucket',
			optional: true,
			accepts: /^[\w.-][\w./-]{0,1000}$/,
			allowed: 'a folder below the exported one, without / at its beginning',
			ask: {
				short: 'Folder below it',
				empty: 'created by Portworx',
				question: 'Which folder below the exported one?',
				what: 'Empty: Portworx creates one, named after its cluster.',
				where: 'Needed if several pairs share one export.',
				example: 'east-to-west',
			},
		},
		mountOptions: {
			kind: 'text',
			flag: '--nfs-mount-opts',
			optional: true,
			accepts: /^[\w.,:=/@%+-]{1,1000}$/,
			allowed: 'options of mount with commas between them, such as nfsvers=4.1',
			ask: {
				short: 'Mount options',
				empty: 'as the nodes do it',
				question: 'With which options should it be mounted?',
				what: 'Options of mount, with commas between them. Empty: as the nodes do it.',
				where: 'Needed if the server wants something special.',
				example: 'nfsvers=4.1',
			},
		},
		timeoutSeconds: {
			kind: 'text',
			flag: '--nfs-timeout-seconds',
			optional: true,
			isNumber: true,
			accepts: /^([1-9]|[12]\d|30)$/,
			allowed: 'a number of seconds from 1 to 30',
			ask: {
				short: 'NFS timeout',
				empty: '5 s',
				question: 'After how many seconds should a request to the server time out?',
				what: 'From 1 to 30. Empty: 5.',
				where: 'Needed if the server is slow or far away.',
				example: '10',
			},
		},
		encryptionPassphrase,
	},
} as const satisfies ProviderDefinition;
