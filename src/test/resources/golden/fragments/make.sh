#!/bin/sh
# Made the fragments here: two segments of six frames (the second run goes on where the first ends) and of sound.
set -e
cd "$(dirname "$0")"
for i in 0 1; do
    ffmpeg -v error -y -f lavfi -i testsrc2=size=64x48:rate=24 -frames:v 6 -c:v libx264 -threads 1 -preset fast \
        -profile:v high -level:v 1.0 -crf 40 -g 6 -keyint_min 6 -sc_threshold 0 -flags +cgop -pix_fmt yuv420p \
        -enc_time_base 1/24 -fps_mode passthrough -map_metadata -1 -avoid_negative_ts disabled \
        -output_ts_offset 0.$((i * 25))0000 -f hls -hls_time 0.229167 -hls_playlist_type vod -hls_segment_type fmp4 \
        -hls_fmp4_init_filename init.mp4 -hls_segment_options movflags=+frag_discont+negative_cts_offsets \
        -start_number $i -hls_segment_filename picture/seg_%05d.m4s picture/run.m3u8
done
ffmpeg -v error -y -f lavfi -i sine=frequency=440:sample_rate=48000 -af atrim=start_sample=1024:end_sample=12288,asetpts=PTS-STARTPTS \
    -c:a aac -b:a 48k -map_metadata -1 -avoid_negative_ts disabled -output_ts_offset 0.021333 \
    -f hls -hls_time 0.128 -hls_playlist_type vod -hls_segment_type fmp4 -hls_fmp4_init_filename init.mp4 \
    -hls_segment_options movflags=+frag_discont -hls_segment_filename sound/seg_%05d.m4s sound/run.m3u8
rm picture/run.m3u8 sound/run.m3u8
ffmpeg -v error -y -f lavfi -i testsrc2=size=64x48:rate=24:duration=1 \
    -filter_complex "[0:0]select='eq(n\,0)+eq(n\,5)',scale=-2:144,format=yuv420p[hash]" \
    -map '[hash]' -fps_mode passthrough -f framemd5 seam.framemd5
