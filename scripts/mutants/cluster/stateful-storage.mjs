export default [
  ['claims outlive members', "retention.whenScaled ?? 'Retain'", "retention.whenScaled ?? 'Delete'"],
  ['claims outlive the set', "retention.whenDeleted ?? 'Retain'", "retention.whenDeleted ?? 'Delete'"],
  ['volumes are where their pod is', "'WaitForFirstConsumer'", "'Immediate'", { in: 'ebsClass' }],
  ['volumes outlive claims', "gp3(STORAGE_CLASS.retain, 'Retain')", "gp3(STORAGE_CLASS.retain, 'Delete')"],
  [
    'volumes are kept unless asked otherwise',
    'storage.className ?? STORAGE_CLASS.retain',
    'storage.className ?? STORAGE_CLASS.standard',
  ],
  [
    'volumes of gp3 go with their claim',
    "gp3(STORAGE_CLASS.standard, 'Delete'",
    "gp3(STORAGE_CLASS.standard, 'Retain'",
  ],
  ['volumes are encrypted', "encrypted: 'true'", "encrypted: 'false'"],
  ['volumes can grow', 'allowVolumeExpansion: true', 'allowVolumeExpansion: false'],
  ['a size is not in the pods', 'storage.folder ?? name)', 'storage.folder ?? `${name}-${storage.size}`)'],
];
