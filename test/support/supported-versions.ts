/** The newest minor that EKS offers; its behaviour is tested, the older ones differ in what they admit. */
export const NEWEST = '1.36';
export const SUPPORTED = ['1.34', '1.35', NEWEST] as const;
