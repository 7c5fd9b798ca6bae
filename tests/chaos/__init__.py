"""An installation of several processes under load while its parts are killed, stopped, restarted and cut off."""
