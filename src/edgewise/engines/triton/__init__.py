"""The Triton engine: fused kernels on the GPU. Importing this room doesn't load triton."""
