FROM tiny:1
RUN head -c 5000000 /dev/urandom > /big
RUN wc -c /big > /size
RUN rm /big
